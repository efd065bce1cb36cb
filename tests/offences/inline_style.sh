# A style in a page.
# stage: sqlite tests/house/test_reading.py -k template
# because: FAILED .*test_no_template_has_anything_inline
sed -i 's/<main/<main style="margin: 0"/' templates/base.html
