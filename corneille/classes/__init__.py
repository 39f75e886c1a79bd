"""Classes of teachers: pupils and those responsible for them, to be written to, forgotten at the end of the school year.

A class is its teacher's alone: nobody else opens it, and a colleague's list of the same class is another. What a file says
is read by `columns` and `read_list` and compared with what is kept by `decide`, without a table or a clock; `import_list`
writes it down.
"""
