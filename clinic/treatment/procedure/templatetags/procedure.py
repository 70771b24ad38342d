"""What pages below this room show of it: `{% load procedure %}`."""

from django import template

from clinic.treatment.procedure import planned, told

register = template.Library()
register.filter("told", told.sentences)
register.filter("thinner_warning", told.warning)
register.filter("outside_in_words", planned.in_words)
