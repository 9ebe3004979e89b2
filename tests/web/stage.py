"""The stage of the rights matrix: an office with one case full of canaries, and who tries what."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from hashlib import sha256
from typing import Any

import sqlalchemy as sa
from flask import Flask
from werkzeug.routing import Rule

from backoffice import access, storage
from backoffice.letters import templates
from backoffice.letters.active import shipped
from models import (
    Attachment,
    Base,
    Case,
    Classification,
    Disposition,
    Holding,
    Holiday,
    IncomingLetter,
    Job,
    JobState,
    Leave,
    Letter,
    Mandate,
    Meeting,
    Office,
    Participant,
    Post,
    ProcedureVersion,
    Recapitulation,
    RegisterEntry,
    Role,
    Scan,
    TemplateVersion,
    Unit,
    User,
    db,
)
from seed import walking
from tests import factories
from tests.again import always
from tests.client import OfficeClient
from tests.letters.words import drawn

ROLES = ("stranger", "nobody", "ani", "budi", "citra", "fajar", "eka", "dewi", "root")
INSIDE = "KENARI-BERKAS-7731"  # stands everywhere in the case
STAFF = "KENARI-NIP-5518"  # in what only the administrator sees
TEXT = f"Berkas {INSIDE}\n"
CASE_VIEWS = ("pengaduan", "permintaan-data", "proposal-qurban", "berkas")
FREE = {"endpoint": "static", "filename": "paraf.css"}


class Stage:
    """A complaint at the desk of citra that ani took in and budi passed on; dewi is elsewhere."""

    def __init__(self, app: Flask, office: Office, elsewhere: Office) -> None:
        self.app = app
        self.office = office
        with always(f"the stage of {office.key} beside {elsewhere.key}"):
            head = factories.post_of(elsewhere, "kabag")
            head.capabilities = [*access.CAPABILITIES]
            day = Holiday(office=office, day=factories.NOW.date(), name="Hari contoh")
            db.session.add(day)
            office.logo, office.logo_sha256 = drawn(0), sha256(drawn(0)).hexdigest()
            db.session.commit()
        self.case = self.tell(office)
        self.users = {
            "nobody": factories.make_user("tanpa-jabatan", office=office),
            "ani": factories.user_of(office, "customer-service"),
            "budi": factories.user_of(office, "kasubbag-umum"),
            "citra": factories.user_of(office, "kadis"),
            "fajar": factories.user_of(office, "kasi-pencatatan-sipil"),
            "eka": factories.user_of(office, "administrator"),
            "dewi": factories.user_of(elsewhere, "kabag"),
            "root": User(username="root", name="Root", password_hash="!", system_admin=True),
        }
        self.users["root"].must_change_password = False
        self.users["ani"].nip = STAFF
        db.session.add(self.users["root"])
        self.arrive(office)
        self.meet(office)
        self.leave(office)
        self.number(office)
        self.ask(office)
        replies = shipped("surat-balasan")
        templates.upload(
            office, "surat-balasan", replies, user=self.users["eka"], now=factories.NOW
        )
        self.targets = dict(self.find())
        db.session.commit()

    def tell(self, office: Office) -> Case:
        """The story of the case, with its canary in every text."""
        story = walking.Story(
            columns={"subject": f"Perihal {INSIDE}", "summary": f"Uraian {INSIDE}"},
            party={"name": f"Fitri {INSIDE}", "address": f"Jalan {INSIDE}"},
            letter={"isi": f"Isi {INSIDE}", "hal": f"Hal {INSIDE}"},
        )
        case = factories.make_case(office, "pengaduan-menengah", "pemeriksaan", story=story)
        settings = self.app.extensions["settings"]
        storage.keep(settings.files, sha256(TEXT.encode()).hexdigest(), TEXT.encode())
        actor = factories.actor(office, "kasubbag-umum")
        self.attach(case, actor.user)
        db.session.add(
            Disposition(
                case=case,
                event_id=case.events[0].id,
                from_post=actor.post,
                to_post=factories.post_of(office, "petugas-pengaduan"),
                duty="information",
                instructions=f"Mohon {INSIDE}",
                given_at=factories.NOW,
            )
        )
        return case

    def leave(self, office: Office) -> None:
        """Somebody is away since an hour, and a post signs for the head."""
        gone = factories.user_of(office, "kasi-pendaftaran").holdings[0]
        began, back = factories.NOW - timedelta(hours=1), factories.NOW + timedelta(days=1)
        db.session.add(Leave(holding=gone, from_at=began, until_at=back))
        secretary, head = (factories.post_of(office, key) for key in ("sekretaris", "kadis"))
        db.session.add(Mandate(post=secretary, for_post=head, from_at=began))
        db.session.flush()

    def attach(self, case: Case, user: User) -> None:
        """A file whose name and content have the canary."""
        data = TEXT.encode()
        db.session.add(
            Attachment(
                case=case,
                name=f"{INSIDE}.txt",
                content_type="text/plain",
                size=len(data),
                sha256=sha256(data).hexdigest(),
                uploaded_at=factories.NOW,
                user_id=user.id,
            )
        )
        db.session.flush()

    def arrive(self, office: Office) -> None:
        """A letter that ani registered and laid before citra, with its scan."""
        letter = IncomingLetter(
            office=office,
            year=2026,
            agenda=1,
            received_on=factories.NOW.date(),
            sender=f"Camat {INSIDE}",
            number=f"005/{INSIDE}",
            subject=f"Hal {INSIDE}",
            note=f"Catatan {INSIDE}",
            user=self.users["ani"],
            post=factories.post_of(office, "customer-service"),
            for_post=factories.post_of(office, "kadis"),
            registered_at=factories.NOW,
            search_text=INSIDE.lower(),
        )
        data = TEXT.encode()
        scan = {"content_type": "text/plain", "size": len(data), "uploaded_at": factories.NOW}
        name = f"{INSIDE}-surat.txt"
        letter.scans.append(Scan(name=name, sha256=sha256(data).hexdigest(), **scan))
        db.session.add(letter)
        db.session.flush()

    def meet(self, office: Office) -> None:
        """A meeting about the case that citra has called."""
        head = factories.post_of(office, "kadis")
        meeting = Meeting(
            case=self.case,
            subject=f"Rapat {INSIDE}",
            starts_at=factories.NOW,
            place=f"Ruang {INSIDE}",
            chair_post=head,
            called_at=factories.NOW,
            user=self.users["citra"],
            post=head,
        )
        meeting.people.append(Participant(name=f"Tamu {INSIDE}"))
        db.session.add(meeting)
        db.session.flush()

    def number(self, office: Office) -> None:
        """The letter of the case stands in the book of outgoing letters."""
        letter = db.session.scalars(sa.select(Letter).where(Letter.case == self.case)).first()
        db.session.add(
            RegisterEntry(
                office=office,
                register="surat-keluar",
                year=2026,
                n=900,
                number="900",
                state="used",
                dated_on=factories.NOW.date(),
                letter=letter,
                subject=f"Hal {INSIDE}",
                addressee=f"Yth. {INSIDE}",
                taken_at=factories.NOW,
                user=self.users["citra"],
                post=factories.post_of(office, "kadis"),
            )
        )
        db.session.add(Classification(office=office, code="1.2.3", title="Contoh"))
        db.session.flush()

    def ask(self, office: Office) -> None:
        """Letters that citra has asked for, with the canary in the file and in what failed."""
        data = TEXT.encode()
        db.session.add(
            Job(
                office=office,
                user=self.users["citra"],
                kind="letters",
                arguments={"cases": [self.case.id], "kind": "surat-balasan", "form": "each"},
                state=JobState.DONE,
                total=2,
                done=2,
                faults=[{"case": self.case.id + 4711, "number": INSIDE, "code": "broken"}],
                asked_at=factories.NOW,
                next_at=factories.NOW,
                ended_at=factories.NOW,
                result_name=f"{INSIDE}.zip",
                result_type="application/zip",
                result_sha256=sha256(data).hexdigest(),
                result_size=len(data),
            )
        )
        db.session.flush()

    def restore(self) -> None:
        """Put back what one role has taken away, for the next."""
        key = self.targets["klasifikasi"]
        if db.session.get(Classification, key, populate_existing=True) is None:
            db.session.add(
                Classification(id=key, office_id=self.office.id, code="1.2.3", title="Contoh")
            )
            db.session.commit()

    def find(self) -> Iterator[tuple[str, int]]:
        """The row that each screen is asked for: one of the office, or of the case."""
        models = (Unit, Role, Post, Holiday, ProcedureVersion)
        for slug, model in zip(
            ("bidang", "pelaksana", "jabatan", "hari-libur", "sop"), models, strict=True
        ):
            yield slug, first(model, model.office_id == self.office.id)
        yield "instansi", self.office.id
        yield "susunan", factories.post_of(self.office, "kadis").id
        yield "pengguna", self.users["ani"].id
        yield "pemangku", first(Holding, Holding.user_id == self.users["ani"].id)
        yield "surat-masuk", first(IncomingLetter, IncomingLetter.office_id == self.office.id)
        yield "rapat", first(Meeting, Meeting.case_id == self.case.id)
        yield "scan", first(Scan, Scan.sha256.is_not(None))
        yield "klasifikasi", first(Classification, Classification.code == "1.2.3")
        yield "buku-agenda", first(RegisterEntry, RegisterEntry.number == "900")
        yield "cuti", first(Leave, Leave.id > 0)
        yield "mandat", first(Mandate, Mandate.id > 0)
        yield "pekerjaan", first(Job, Job.user == self.users["citra"])
        yield "naskah-surat", first(TemplateVersion, TemplateVersion.office_id == self.office.id)
        yield "surat", first(Letter, Letter.case_id == self.case.id)
        yield "disposisi", first(Disposition, Disposition.case_id == self.case.id)
        yield "attachment", first(Attachment, Attachment.case_id == self.case.id)
        yield "rekapan", db.session.scalar(sa.select(sa.func.max(Recapitulation.id))) or 1

    def target(self, endpoint: str) -> int:
        """The key of the row an address is tried with."""
        slug, _dot, page = endpoint.partition(".")
        if page == "attachment":
            return self.targets["attachment"]
        if endpoint == "rapat.create":
            return self.case.id
        if page == "scan":
            return self.targets["scan"]
        if page == "letter":
            return self.targets["surat"]
        return self.case.id if slug in (*CASE_VIEWS, "periksa") else self.targets.get(slug, 1)

    def address(self, rule: Rule) -> str:
        """Where the screen is, with the row it is tried with."""
        values: dict[str, Any] = {
            "key": "approve",
            "kind": "undangan-rapat",
            "verb": "begin",
            "filename": "paraf.css",
            "name": "persiapan-1280.png",
            "code": "000000000000",  # of no letter
        }
        given = {name: values[name] for name in rule.arguments}
        with self.app.test_request_context():
            path = self.app.url_map.bind("127.0.0.1").build(rule.endpoint, given)
        asked = (
            ""
            if rule.endpoint in ("search.index", "static")
            else f"?id={self.target(rule.endpoint)}"
        )
        return f"/{path.lstrip('/')}{asked or self.question(rule.endpoint)}"

    def question(self, endpoint: str) -> str:
        """What is searched for: the number of the case."""
        return f"?q={self.case.number}" if endpoint == "search.index" else ""

    def as_role(self, role: str) -> OfficeClient:
        """A browser of somebody."""
        client = self.app.test_client()
        assert isinstance(client, OfficeClient)
        return client if role == "stranger" else client.log_in(self.users[role])

    def snapshot(self) -> dict[str, list[Any]]:
        """Every row of every table, but what logging in counts and that a case was read."""
        db.session.rollback()
        found = {}
        for table in Base.metadata.sorted_tables:
            if table.name != "throttles":
                columns = [column for column in table.c if column.name != "read_at"]
                found[table.name] = [repr(row) for row in db.session.execute(sa.select(*columns))]
        return found


def first(model: Any, clause: Any) -> int:
    """The key of the first row of which this holds."""
    found: int = db.session.scalars(sa.select(model.id).where(clause).order_by(model.id)).first()
    return found
