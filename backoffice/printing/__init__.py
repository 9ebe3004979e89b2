"""The SOP on paper: identity page, official table cut into pages with connectors, Word file.

Pure Python; no page, no database. `Document` says all that is printed; `plan_of` cuts its table;
`word.word_file` writes it as .docx, the print page of the views shows the same plan.
"""
