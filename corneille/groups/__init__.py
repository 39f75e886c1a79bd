"""Lists that one may write to: teaching teams, establishments, heads of schools. They are `Group` here, « liste » on pages.

Who is on one and who may write to it is decided in `decide`, without a table or a clock; `audience` expands an address
into people for `transport`, before anything is queued.
"""
