"""Starting in the middle of a year: from registers and Excel, by a form that is checked whole.

`form` makes the workbook for an office, `reading` reads it back, `checking` names every faulty
row, `taking` writes it in one transaction, `marking` hands a faulty one back with its faults.
"""
