"""The doors of the roof, one module for each part of the site."""
