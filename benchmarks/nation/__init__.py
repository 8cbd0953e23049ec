"""A made-up nation of annual reports in the real schema: its shape, its rows by SQL, its nights and what is asked."""
