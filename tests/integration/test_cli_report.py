"""``report`` on the command line: whole files or none, and every mistake told in words."""

from dataclasses import replace
from pathlib import Path

import pytest

from analytics.cli import main, report
from analytics.domain.areas import registry
from analytics.exports import pdf
from analytics.i18n import LANGUAGES, Language

LIPPE = ("report", "--district", "05766")


def test_a_report_goes_where_it_is_wanted(demo_store: Path, tmp_path: Path) -> None:
    file = tmp_path / "lippe.pdf"
    assert main([*LIPPE, "-o", str(file), "--store", str(demo_store)]) == 0
    assert file.read_bytes().startswith(b"%PDF")


def test_in_a_folder_it_is_named(demo_store: Path, tmp_path: Path) -> None:
    arguments = [*LIPPE, "-o", str(tmp_path), "--store", str(demo_store), "--lang", "en"]
    assert main(arguments) == 0
    (made,) = tmp_path.iterdir()
    assert made.name == "kreisbericht_05766_lippe_2023-12-31_en.pdf"


def test_peers_and_months_change_the_report(demo_store: Path, tmp_path: Path) -> None:
    choices = ((), ("--peers", "05111, 05112"), ("--from", "2018-01", "--to", "2019-12"))
    made = []
    for number, choice in enumerate(choices):
        file = tmp_path / f"{number}.pdf"
        assert main([*LIPPE, *choice, "-o", str(file), "--store", str(demo_store)]) == 0
        made.append(file.read_bytes())
    assert len(set(made)) == len(made)


def test_all_districts_go_into_a_folder(
    demo_store: Path,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    # Two of them: more would show nothing new and take half a minute.
    few = replace(registry(), districts=registry().districts[-10:-8])
    monkeypatch.setattr(report, "registry", lambda: few)
    folder = tmp_path / "new" / "reports"
    arguments = ["report", "--all", "-o", str(folder), "--store", str(demo_store)]
    assert main([*arguments, "--lang", "de"]) == 0
    files = sorted(folder.iterdir())
    assert [path.name.split("_")[1] for path in files] == [area.ags for area in few.districts]
    assert all(path.read_bytes().startswith(b"%PDF") for path in files)
    assert "2 Kreisberichte" in capsys.readouterr().err
    one, first = tmp_path / "one.pdf", few.districts[0].ags
    alone = ["report", "--district", first, "-o", str(one), "--store", str(demo_store)]
    assert main([*alone, "--lang", "de"]) == 0
    assert one.read_bytes() == files[0].read_bytes()


def test_a_failure_leaves_the_old_file_whole(
    demo_store: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> bytes:
        raise OSError(28, "No space left on device")

    file = tmp_path / "lippe.pdf"
    file.write_bytes(b"old")
    monkeypatch.setattr(pdf, "district_pdf", fail)
    assert main([*LIPPE, "-o", str(file), "--store", str(demo_store)]) == 2
    assert file.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [file]


WRONG = {
    ("--district", "99999"): ("99999", "99999"),
    ("--district", "Lippe"): ("fünfstellige", "five digits"),
    ("--district", "05766", "--peers", "05111,1"): ("„1“", "“1”"),
    ("--district", "05766", "--all"): ("entweder", "either"),
    (): ("entweder", "either"),
    ("--all",): ("Ordner", "folder"),
    ("--all", "-o", "{tmp}", "--peers", "05111"): ("Ordner", "folder"),
    ("--district", "05766", "-o", "{tmp}/none/lippe.pdf"): ("lippe.pdf", "lippe.pdf"),
    ("--district", "05766", "-o", "{tmp}/file/lippe.pdf"): ("lippe.pdf", "lippe.pdf"),
    ("--all", "-o", "{tmp}/file/reports"): ("{tmp}/file", "{tmp}/file"),
    ("--district", "05766", "--from", "2019"): ("Monat", "month"),
    ("--district", "05766", "--from", "2020-01", "--to", "2019-01"): ("endet", "ends"),
}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("arguments", list(WRONG))
def test_mistakes_are_told_in_words(
    demo_store: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str],
    arguments: tuple[str, ...], language: Language,
) -> None:  # fmt: skip
    (tmp_path / "file").write_text("not a folder")
    before = sorted(tmp_path.rglob("*"))
    given = [argument.format(tmp=tmp_path) for argument in arguments]
    assert main(["report", *given, "--store", str(demo_store), "--lang", language]) == 2
    told = capsys.readouterr()
    assert WRONG[arguments][LANGUAGES.index(language)].format(tmp=tmp_path) in told.err
    assert "Traceback" not in told.err + told.out
    assert sorted(tmp_path.rglob("*")) == before


def test_without_a_snapshot_it_says_how_to_get_one(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([*LIPPE, "--store", str(tmp_path / "empty"), "--lang", "de"]) == 2
    assert "python -m analytics demo" in capsys.readouterr().err


def test_months_without_data_still_make_a_report(demo_store: Path, tmp_path: Path) -> None:
    file = tmp_path / "early.pdf"
    months = ("--from", "2000-01", "--to", "2000-12")
    assert main([*LIPPE, *months, "-o", str(file), "--store", str(demo_store)]) == 0
    assert file.read_bytes().startswith(b"%PDF")


@pytest.mark.parametrize("language", LANGUAGES)
def test_help_shows_an_example(capsys: pytest.CaptureFixture[str], language: Language) -> None:
    assert main(["report", "--help", "--lang", language]) == 0
    told = " ".join(capsys.readouterr().out.split())
    assert "python -m analytics report --district 05766 -o lippe.pdf" in told
