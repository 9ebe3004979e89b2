"""What the command line says where an account cannot be made: the fault and the rule."""

from __future__ import annotations

from collections.abc import Mapping

from backoffice.accounts import LONGEST_PASSWORD, SHORTEST_PASSWORD

RULE = (
    f"Kata sandi terdiri atas {SHORTEST_PASSWORD} sampai {LONGEST_PASSWORD} huruf, angka, atau "
    "tanda, tidak memuat nama pengguna, dan tidak mudah ditebak; beberapa kata berurutan paling "
    "mudah diingat."
)
FAULTS = {
    "password_short": f"Kata sandi terlalu pendek. {RULE}",
    "password_long": f"Kata sandi terlalu panjang. {RULE}",
    "password_personal": f"Kata sandi memuat nama pengguna atau NIP. {RULE}",
    "password_common": f"Kata sandi terlalu mudah ditebak. {RULE}",
    "username_taken": "Nama pengguna ini sudah dipakai. Pilih nama lain.",
    "username_form": (
        "Nama pengguna terdiri atas 3 sampai 60 huruf kecil, angka, titik, garis bawah, atau "
        "tanda hubung, misalnya citra.misalnya."
    ),
}


def account_faults(fields: Mapping[str, str]) -> str:
    """Akun tidak dibuat: what is wrong, a sentence each; field -> code as the rules say it."""
    said = (FAULTS.get(code, f"{field}: {code}.") for field, code in fields.items())
    return " ".join(("Akun tidak dibuat.", *dict.fromkeys(said)))
