"""Tables of the web application: logins and jobs."""
