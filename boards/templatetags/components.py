"""The tags that the component templates and the pages share."""

from django import template

register = template.Library()
