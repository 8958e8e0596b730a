"""What each page of the built site must pass: functions over an HTML tree or a browser page."""
