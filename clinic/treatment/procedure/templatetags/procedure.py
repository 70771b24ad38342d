"""What pages below this room show of it: `{% load procedure %}`."""

from django import template

from clinic.candidacy.evidence import say_date
from clinic.treatment.procedure import told

register = template.Library()
register.filter("told", told.sentences)
register.filter("thinner_warning", told.warning)
register.filter("injection_day", told.for_when)
register.filter("in_words", say_date)
