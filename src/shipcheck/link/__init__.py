"""Manifests to Graph: references resolved, dangling and doubled names found, flows derived."""
