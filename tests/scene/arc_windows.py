"""Windows of the integration arc. Check-ins plant them."""

from tests.scene.requests import reads

reads("list_arc_windows", "therapist", "/arc-windows?patient_id={patient_id}")
reads("list_arc_windows (team)", "supervisor", "/arc-windows?state=open")
reads("read_arc_window", "therapist", "/arc-windows/{arc_window_id}")
reads("read_arc_window_counts", "admin", "/clinic/arc-window-counts")
