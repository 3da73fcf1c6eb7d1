"""The documents of packs to a Plan: parameters, selectors, policies, and what packs override in each other."""
