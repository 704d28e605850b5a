from django.apps import AppConfig


class ScalesConfig(AppConfig):
    name = "scales"
    verbose_name = "Scale definitions"
