"""Every test process has a PostgreSQL of its own, cloned from the migrated template."""

import pytest
from django.db import connection

from tools.run.testing import CLONES


@pytest.mark.django_db
def test_the_database_is_a_clone_with_every_migration():
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_database(), (SELECT count(*) FROM django_migrations), to_regclass('cache')")
        name, migrations, cache = cursor.fetchone()
    assert name.startswith(CLONES)
    assert migrations > 0
    assert cache == "cache"
