"""What the server process writes to its logs, errors and, where someone turns it on, each request."""

from gunicorn.glogging import Logger

from ipsfidelity.logs import WithoutSecrets


class ServerLog(Logger):
    def setup(self, cfg):
        super().setup(cfg)
        for log in (self.error_log, self.access_log):
            for handler in log.handlers:
                handler.setFormatter(WithoutSecrets(inner=handler.formatter))


logger_class = ServerLog
