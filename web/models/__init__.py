"""Tables of web: logins and jobs."""
