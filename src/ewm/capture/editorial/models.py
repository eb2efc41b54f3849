"""What an edition needs beside projects and activities."""

from __future__ import annotations

from django.db import models
from django.db.models import CheckConstraint, F, Q, UniqueConstraint
from django.db.models.functions import Length
from django.db.models.lookups import Exact, GreaterThan, LessThanOrEqual

from ewm.capture.activities.models import Activity
from ewm.capture.base import Versioned, row_history, text_given
from ewm.capture.projects.models import Project
from ewm.capture.taxonomies.models import cluster_field, term_field
from ewm.snapshot.pictures import LARGEST, MEDIA_TYPES

FIRST_YEAR, LAST_YEAR = 2000, 2100


def _year(field: str, name: str) -> CheckConstraint:
    return CheckConstraint(condition=Q(**{f"{field}__range": (FIRST_YEAR, LAST_YEAR)}), name=name)


class SuccessStory(Versioned):
    """A story that an edition tells, of a project, of an activity, or of neither."""

    code = models.CharField("Kennung", max_length=40)
    cluster = cluster_field("Heimatcluster")
    reporting_year = models.IntegerField("Berichtsjahr")
    position = models.IntegerField("Reihenfolge")
    title = models.CharField("Titel", max_length=300)
    body = models.TextField("Text")
    project = models.ForeignKey(Project, models.PROTECT, verbose_name="Projekt", related_name="+", null=True)
    activity = models.ForeignKey(Activity, models.PROTECT, verbose_name="Aktivität", related_name="+", null=True)
    example = models.BooleanField("erfunden", default=False)

    history = row_history()

    class Meta(Versioned.Meta):
        verbose_name = "Erfolgsbeispiel"
        verbose_name_plural = "Erfolgsbeispiele"
        constraints = (
            *Versioned.Meta.constraints,
            UniqueConstraint(fields=("code",), name="story_code_once"),
            UniqueConstraint(fields=("cluster", "reporting_year", "position"), name="story_position_once"),
            text_given("code", "story_code_given", 40),
            text_given("title", "story_title_given", 300),
            text_given("body", "story_body_given"),
            _year("reporting_year", "story_year_plausible"),
        )

    def __str__(self) -> str:
        return self.title


class StoryAssignment(Versioned):
    """A story is assigned to a term of any level."""

    story = models.ForeignKey(SuccessStory, models.PROTECT, verbose_name="Erfolgsbeispiel", related_name="assignments")
    term = term_field("Begriff")

    history = row_history()

    class Meta(Versioned.Meta):
        verbose_name = "Zuordnung eines Erfolgsbeispiels"
        verbose_name_plural = "Zuordnungen der Erfolgsbeispiele"
        constraints = (
            *Versioned.Meta.constraints,
            UniqueConstraint(fields=("story", "term"), name="story_term_once"),
        )

    def __str__(self) -> str:
        return f"{self.story}: {self.term}"


class PictureContent(Versioned):
    """The bytes of a picture, once for all who show it; named by their hash, so they never change."""

    sha256 = models.CharField("SHA-256", max_length=64)
    content = models.BinaryField("Bild")

    history = row_history(without=("content",))

    class Meta(Versioned.Meta):
        verbose_name = "Bilddatei"
        verbose_name_plural = "Bilddateien"
        constraints = (
            *Versioned.Meta.constraints,
            UniqueConstraint(fields=("sha256",), name="picture_once"),
            CheckConstraint(condition=Q(Exact(Length("sha256"), 64)), name="picture_hash_whole"),
            CheckConstraint(
                condition=Q(GreaterThan(Length("content"), 0)) & Q(LessThanOrEqual(Length("content"), LARGEST)),
                name="picture_size",
            ),
        )

    def __str__(self) -> str:
        return self.sha256


class StoryPicture(Versioned):
    """The picture of a story: which one, what it shows, and whose it is."""

    story = models.ForeignKey(SuccessStory, models.PROTECT, verbose_name="Erfolgsbeispiel", related_name="pictures")
    picture = models.ForeignKey(
        PictureContent, models.PROTECT, to_field="sha256", verbose_name="Bilddatei", related_name="+"
    )
    media_type = models.CharField("Art", max_length=20)
    file_name = models.CharField("Dateiname", max_length=200)
    alt_de = models.CharField("Alternativtext", max_length=500)
    alt_en = models.CharField("Alternativtext, englisch", max_length=500, null=True)
    credit = models.CharField("Bildnachweis", max_length=300)

    history = row_history()

    class Meta(Versioned.Meta):
        verbose_name = "Bild eines Erfolgsbeispiels"
        verbose_name_plural = "Bilder der Erfolgsbeispiele"
        constraints = (
            *Versioned.Meta.constraints,
            UniqueConstraint(fields=("story",), name="story_picture_once"),
            CheckConstraint(condition=Q(media_type__in=tuple(MEDIA_TYPES)), name="story_picture_media_type"),
            text_given("file_name", "story_picture_file_given", 200),
            text_given("alt_de", "story_picture_alt_given", 500),
            text_given("alt_en", "story_picture_alt_en_given", 500),
            text_given("credit", "story_picture_credit_given", 300),
        )

    def __str__(self) -> str:
        return f"{self.story}: {self.file_name}"


class MacroValue(Versioned):
    """A published value about a cluster's economy; a development has the first year of its period too."""

    cluster = cluster_field("Cluster")
    delimitation = term_field("Abgrenzung")
    measure = term_field("Größe")
    reporting_year = models.IntegerField("Berichtsjahr")
    period_from = models.IntegerField("erstes Jahr", null=True)
    period = models.IntegerField("Jahr")
    value = models.BigIntegerField("Wert")
    unit = term_field("Einheit")
    source = models.TextField("Quelle")
    note = models.TextField("Anmerkung", null=True)

    history = row_history()

    class Meta(Versioned.Meta):
        verbose_name = "makroökonomischer Wert"
        verbose_name_plural = "makroökonomische Werte"
        constraints = (
            *Versioned.Meta.constraints,
            # Two constraints, because an empty first year is never equal to another empty one.
            UniqueConstraint(
                fields=("cluster", "delimitation", "measure", "reporting_year", "period"),
                condition=Q(period_from__isnull=True),
                name="macro_value_once",
            ),
            UniqueConstraint(
                fields=("cluster", "delimitation", "measure", "reporting_year", "period_from", "period"),
                condition=Q(period_from__isnull=False),
                name="macro_development_once",
            ),
            text_given("source", "macro_source_given"),
            _year("reporting_year", "macro_year_plausible"),
            _year("period", "macro_period_plausible"),
            CheckConstraint(
                condition=Q(period_from__isnull=True) | Q(period_from__lt=F("period")), name="macro_period_forward"
            ),
        )

    def __str__(self) -> str:
        return f"{self.cluster} {self.measure} {self.period}"


class InterviewNote(Versioned):
    """What was noted in an interview with a cluster management; stays in capture, no snapshot holds it."""

    cluster = cluster_field("Cluster")
    reporting_year = models.IntegerField("Berichtsjahr")
    topic = models.CharField("Thema", max_length=200)
    body = models.TextField("Notiz")
    held_on = models.DateField("geführt am")
    example = models.BooleanField("erfunden", default=False)

    history = row_history()

    class Meta(Versioned.Meta):
        verbose_name = "Interviewnotiz"
        verbose_name_plural = "Interviewnotizen"
        constraints = (
            *Versioned.Meta.constraints,
            UniqueConstraint(fields=("cluster", "reporting_year", "topic", "held_on"), name="note_once"),
            text_given("topic", "note_topic_given", 200),
            text_given("body", "note_body_given"),
            _year("reporting_year", "note_year_plausible"),
        )

    def __str__(self) -> str:
        return self.topic


class EditionText(Versioned):
    """A passage of an edition that no template holds."""

    cluster = cluster_field("Cluster")
    reporting_year = models.IntegerField("Berichtsjahr")
    chapter = models.CharField("Kapitel", max_length=100)
    language = models.CharField("Sprache", max_length=2)
    position = models.IntegerField("Reihenfolge")
    body = models.TextField("Text")
    example = models.BooleanField("erfunden", default=False)

    history = row_history()

    class Meta(Versioned.Meta):
        verbose_name = "Text einer Ausgabe"
        verbose_name_plural = "Texte der Ausgaben"
        constraints = (
            *Versioned.Meta.constraints,
            UniqueConstraint(
                fields=("cluster", "reporting_year", "chapter", "language", "position"), name="text_position_once"
            ),
            text_given("chapter", "text_chapter_given", 100),
            text_given("body", "text_body_given"),
            CheckConstraint(condition=Q(Exact(Length("language"), 2)), name="text_language_two_letters"),
            _year("reporting_year", "text_year_plausible"),
        )

    def __str__(self) -> str:
        return f"{self.cluster} {self.reporting_year}, {self.chapter}"
