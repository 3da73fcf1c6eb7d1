"""The documents of packs to a Plan: parameters, selectors, policies, and what packs change in each other."""
