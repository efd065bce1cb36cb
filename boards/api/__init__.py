"""The API of the ground floor: the same rows through the same door as the pages, and the same verbs.

Rows are read by `visible_to` (rows.py and one module a noun). A change is a POST to an address named after
it (verbs.py): the page's own form reads the JSON, the model's own verb does it.
"""
