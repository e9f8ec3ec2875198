"""``deck`` on the command line: a file in one step, and clear refusals."""

import io
import zipfile
from pathlib import Path

import ministry
import pytest
from need_rows import COMPARISON, MODEL, Needs, publish
from pptx import Presentation

from analytics.cli import main
from analytics.i18n import words

GIVEN = (Needs(20, MODEL, referred=30), Needs(20, COMPARISON, referred=60))


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("store")
    publish(root, GIVEN).__exit__(None, None, None)
    return root


def test_a_deck_is_written_with_its_title_and_day(store, tmp_path, capsys):
    target = tmp_path / "visit.pptx"
    arguments = ["deck", "--preset", "kreisbesuch", "--district", MODEL, "--title", "Dortmund 2024"]
    arguments += ["--date", "06.02.2024", "--store", str(store), "--lang", "en", "-o", str(target)]
    assert main(arguments) == 0
    deck = Presentation(io.BytesIO(target.read_bytes()))
    texts = [s.text_frame.text for s in deck.slides[0].placeholders]
    assert "Dortmund 2024" in texts and "6 Feb 2024" in texts
    assert len(deck.slides) == 8
    queries = tmp_path / "visit_queries.sql"
    assert sorted(tmp_path.iterdir()) == [target, queries]
    assert "SELECT" in queries.read_text("utf-8")
    said = capsys.readouterr().err
    assert str(target) in said and str(queries) in said


def test_the_ending_of_the_file_tells_its_format(store, tmp_path, capsys):
    target = tmp_path / "visit.pdf"
    asked = ["deck", "--preset", "kreisbesuch", "--district", MODEL, "--store", str(store)]
    assert main([*asked, "--title", "Besuch 🙂", "--lang", "de", "-o", str(target)]) == 0
    assert target.read_bytes().startswith(b"%PDF")
    assert "Fragezeichen: 🙂" in capsys.readouterr().err
    assert main([*asked, "--format", "pptx", "-o", str(target)]) == 2


def test_stories_months_and_needs_of_ones_own_are_told_on_each_slide(store, tmp_path):
    target = tmp_path / "own.pptx"
    asked = ["--story", "comparison", "--story", "referral_times", "--offer-area", "language"]
    months = ["--from", "2018-01", "--to", "2018-12"]
    where = ["--store", str(store), "--lang", "en", "-o", str(target)]
    assert main(["deck", *asked, *months, *where]) == 0
    told = [
        [shape.text_frame.text for shape in slide.placeholders if shape.has_text_frame]
        for slide in Presentation(io.BytesIO(target.read_bytes())).slides
    ]
    assert len(told) == 4
    assert all(any(text.endswith(" · Language") for text in texts) for texts in told[1:])
    assert all(any("offer_area=language" in text for text in texts) for texts in told[1:])
    assert not any("from=" in text for text in told[1])
    assert any("from=2018-01&to=2018-12" in text for text in told[2])


def test_a_slide_that_counts_everybody_says_so_beside_others(store, tmp_path):
    target = tmp_path / "mixed.pptx"
    asked = ["--story", "comparison", "--story", "kim_rollout", "--sex", "female"]
    where = ["--store", str(store), "--lang", "en", "-o", str(target)]
    assert main(["deck", *asked, *where]) == 0
    slides = Presentation(io.BytesIO(target.read_bytes())).slides
    told = [
        " ".join(s.text_frame.text for s in slide.placeholders if s.has_text_frame)
        for slide in slides
    ]
    assert "· Female" in told[1] and all("· not of this choice" in text for text in told[2:])


def test_a_ministrys_template_gives_its_colours_and_fonts(store, tmp_path):
    look, target = tmp_path / "ministerium.potx", tmp_path / "kabinett.pptx"
    look.write_bytes(ministry.template())
    where = ["--store", str(store), "--template", str(look), "-o", str(target)]
    assert main(["deck", "--story", "method", *where]) == 0
    with zipfile.ZipFile(target) as package:
        theme = package.read("ppt/theme/theme1.xml").decode()
    assert ministry.COLOURS["accent1"] in theme and "Georgia" in theme


@pytest.mark.parametrize("language", ["de", "en"])
@pytest.mark.parametrize(
    ("content", "name", "message"),
    [
        (b"damaged", "deck.pptx", "cli_deck.template_unreadable"),
        (ministry.template(), "deck.pdf", "cli_deck.template_pdf"),
    ],
)
def test_a_template_that_cannot_be_taken_leaves_nothing_behind(
    store, tmp_path, capsys, content, name, message, language
):
    look, target = tmp_path / "ministerium.potx", tmp_path / name
    look.write_bytes(content)
    asked = ["deck", "--store", str(store), "--lang", language, "--template", str(look)]
    assert main([*asked, "-o", str(target)]) == 2
    said = " ".join(capsys.readouterr().err.split())
    named = target if name.endswith("pdf") else look
    assert " ".join(words(language)(message, file=named).split()) in said
    assert list(tmp_path.iterdir()) == [look]


@pytest.mark.parametrize(
    ("arguments", "reason"),
    [
        (["--preset", "kreisbesuch"], "which district"),
        (["--preset", "kreisbesuch", "--district", "05999"], "05999"),
        (["--district", MODEL], "not the part"),
        (["--story", "kim_rollout", "--sex", "female"], "can heed"),
        (["--title", "x" * 200], "at most"),
        (["--date", "someday"], "--date"),
        (["--format", "odp"], "pptx"),
    ],
)
def test_what_cannot_be_written_is_refused_in_words(store, tmp_path, capsys, arguments, reason):
    target = tmp_path / "deck.pptx"
    asked = ["deck", *arguments, "--store", str(store), "--lang", "en", "-o", str(target)]
    assert main(asked) == 2
    message = capsys.readouterr().err
    assert reason in message and "Traceback" not in message
    assert not target.exists()


@pytest.mark.parametrize("name", ["deck.ppt", "nowhere/deck.pptx"])
def test_a_target_that_cannot_be_is_named_before_anything_is_computed(
    store, tmp_path, capsys, name
):
    asked = ["deck", "--store", str(store), "--lang", "de", "-o", str(tmp_path / name)]
    assert main(asked) == 2
    message = capsys.readouterr().err
    assert str(tmp_path) in message and "berechnet" not in message
