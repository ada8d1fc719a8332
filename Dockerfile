# docker build -t convscope . && docker run --rm --read-only -p 8000:8000 convscope
FROM python:3.13-slim AS build
WORKDIR /source
COPY pyproject.toml LICENSE ./
COPY kernels kernels
COPY app app
COPY templates templates
COPY static static
# pip compiles what it installs, so a read-only file system starts as fast as any.
RUN python -m venv /opt/convscope && /opt/convscope/bin/pip install --no-cache-dir .

FROM python:3.13-slim
COPY --from=build /opt/convscope /opt/convscope
ENV PATH=/opt/convscope/bin:$PATH PYTHONDONTWRITEBYTECODE=1 PYTHONUNBUFFERED=1
# A number, so that Kubernetes can see that it is not root. It owns nothing here.
USER 10001:10001
EXPOSE 8000
HEALTHCHECK --interval=30s --timeout=5s --start-period=10s \
    CMD ["python", "-c", "import urllib.request; urllib.request.urlopen('http://127.0.0.1:8000/healthz', timeout=4)"]
CMD ["convscope", "--host", "0.0.0.0"]
