"""Report pages: functions from workbook and localizer to story elements."""
