"""What a web server loads. A start with demo accounts and without EWM_DEBUG is refused, whoever starts it."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "ewm.web.site")
application = get_wsgi_application()

from ewm.web.checks import refuse_demo_in_production  # noqa: E402 (models are loaded only now)

refuse_demo_in_production()
