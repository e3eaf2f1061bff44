"""The desk: what needs the attention of people in office."""
