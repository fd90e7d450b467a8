"""The look at a workbook before a reader gets it."""
