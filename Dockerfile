# docker build -t convscope . && docker run --rm --read-only -p 8000:8000 convscope
FROM python:3.13-slim AS build
WORKDIR /source
COPY pyproject.toml LICENSE ./
COPY kernels kernels
COPY app app
COPY templates templates
COPY static static
# No pip in the environment, which is all that the image keeps: this image's own installs into it.
# It compiles what it installs, so a read-only file system starts as fast as any.
RUN python -m venv --without-pip /opt/convscope && \
    pip --python /opt/convscope/bin/python install --no-cache-dir .
COPY .deploy/slim.py ./
RUN python slim.py /opt/convscope

FROM python:3.13-slim
COPY --from=build /opt/convscope /opt/convscope
ENV PATH=/opt/convscope/bin:$PATH PYTHONDONTWRITEBYTECODE=1 PYTHONUNBUFFERED=1
# A number, so that Kubernetes can see that it is not root. It owns nothing here.
USER 10001:10001
EXPOSE 8000
# Not urllib, which would ask a proxy that the environment names even for this machine.
HEALTHCHECK --interval=30s --timeout=5s --start-period=10s CMD ["python", "-c", "\
from http.client import HTTPConnection; from os import environ; \
here = HTTPConnection('127.0.0.1', int(environ.get('CONVSCOPE_PORT') or 8000), timeout=4); \
here.request('GET', '/healthz'); \
exit(here.getresponse().status != 200)"]
# Words after the image's name are the program's own: `docker run … convscope --workers 4`. Another port is CONVSCOPE_PORT,
# which the check of its health reads.
ENTRYPOINT ["convscope", "--host", "0.0.0.0"]
