"""New policies, and the small manifests that show what a policy asks for."""
