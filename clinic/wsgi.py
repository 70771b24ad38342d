import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "clinic.settings")
# A page that cannot have its data within seconds says so; a migration may take as long as it needs.
os.environ.setdefault("CLINIC_STATEMENT_TIMEOUT", "4s")

application = get_wsgi_application()
