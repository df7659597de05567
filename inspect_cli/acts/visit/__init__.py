"""Acts after the draw: the schedule in force, moving, recording and ending visits."""
