"""The queue of jobs is nobody's to read or change in the administration: what a job makes is its owner's alone."""

from django.contrib import admin
from procrastinate.contrib.django.models import ProcrastinateJob

admin.site.unregister(ProcrastinateJob)
