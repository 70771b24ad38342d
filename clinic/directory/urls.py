from django.urls import path

from .views import entries, merging, tables

app_name = "directory"
urlpatterns = [
    path("directory/", entries.entries, name="entries"),
    path("directory/new/", entries.add_entry, name="add_entry"),
    path("directory/export/", tables.export_entries, name="export_entries"),
    path("directory/import/", tables.read_in, name="read_in"),
    path("directory/import/example/", tables.example, name="example"),
    path("directory/import/<int:pk>/", tables.confirm_import, name="confirm_import"),
    path("directory/role/<int:pk>/end/", entries.end_role, name="end_role"),
    path("directory/<int:pk>/", entries.entry, name="entry"),
    path("directory/<int:pk>/change/", entries.change_entry, name="change_entry"),
    path("directory/<int:pk>/deactivate/", entries.deactivate_entry, name="deactivate_entry"),
    path("directory/<int:pk>/reactivate/", entries.reactivate_entry, name="reactivate_entry"),
    path("directory/<int:pk>/works-at/", entries.add_role, name="add_role"),
    path("directory/<int:pk>/merge/", merging.merge_entry, name="merge_entry"),
]
