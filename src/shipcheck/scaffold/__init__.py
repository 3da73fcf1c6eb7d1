"""New policies, and the small worlds that show what a policy asks for."""
