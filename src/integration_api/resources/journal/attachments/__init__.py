"""Attachments: images, recordings, drawings and documents on notes and reflections, sent in parts and sealed."""
