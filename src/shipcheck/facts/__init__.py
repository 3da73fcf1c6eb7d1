"""Facts about the code that manifests name: found before policies are judged, never declared. Unknown never passes."""
