"""What the explorer asks of a snapshot: functions from parameters to plain values, as in docs/api.md."""
