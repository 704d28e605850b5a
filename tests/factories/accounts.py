import factory

from accounts.models import User

PASSWORD = "quiet-harbour-lantern-42"


class UserFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = User
        skip_postgeneration_save = True

    email = factory.Sequence(lambda number: f"person-{number}@example.org")
    name = factory.Sequence(lambda number: f"Person {number}")

    @classmethod
    def _create(cls, model_class, *args, **kwargs):
        return model_class.objects.create_user(password=kwargs.pop("password", None), **kwargs)


def scale_administrator() -> User:
    return UserFactory(is_scale_admin=True)
