"""The numbered reliability tests of docs/reliability.md; `make test-slow ONLY=3` runs one of them whole."""
