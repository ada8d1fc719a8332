"""What a school may set from outside: environment variables that start with CONVSCOPE_."""

import os
from functools import cache
from typing import Literal
from urllib.parse import urlsplit

from pydantic import AliasChoices, Field, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict


class Limits(BaseSettings):
    """The bounds of one stage. All work is measured against them before any of it is done."""

    model_config = SettingsConfigDict(env_prefix="CONVSCOPE_MAX_", frozen=True)

    channels: int = Field(16, ge=1, description="input channels")
    side: int = Field(128, ge=1, description="cells along one axis of the input")
    kernel: int = Field(15, ge=1, description="weights along one axis of the kernel")
    filters: int = Field(64, ge=1, description="filters, that is output channels")
    stride: int = Field(64, ge=1, description="stride and dilation")
    padding: int = Field(64, ge=0, description="padding on one side")
    multiplications: int = Field(20_000_000, ge=1, description="multiplications of one scene")
    numbers: int = Field(2_000_000, ge=1, description="numbers sent for one scene")
    training: int = Field(150_000_000_000, ge=1, description="multiplications of one training on digits")
    url_bytes: int = Field(8_192, ge=256, description="bytes of the path and query of one URL")
    body_bytes: int = Field(1_000_000, ge=256, description="bytes of one POST body")


class Settings(BaseSettings):
    """Where the program is reached, who may frame its pages, and how much memory finished answers may keep."""

    model_config = SettingsConfigDict(env_prefix="CONVSCOPE_", frozen=True)

    public_url: str = Field("", description="where readers reach the program, as https://convscope.example; or empty")
    root_path: str = Field(
        "",
        validation_alias=AliasChoices("ROOT_PATH", "root_path"),
        description="the path under which a proxy shows the program, as /conv; the proxy takes it off",
    )
    frame_ancestors: str = Field("", description="hosts that may frame /embed, space-separated; empty lets every page")
    cache_bytes: int = Field(32_000_000, ge=0, description="bytes of finished answers kept in memory")
    picture_bytes: int = Field(48_000_000, ge=0, description="bytes of uploaded pictures kept in memory")
    webcam: bool = Field(True, description="whether /pictures may ask for the camera")
    training_processes: int = Field(
        default_factory=lambda: max(1, (os.cpu_count() or 2) // 2), ge=1, le=64, description="trainings at one time"
    )
    training_bytes: int = Field(64_000_000, ge=0, description="bytes of finished trainings kept in memory")
    port: int = Field(8000, ge=1, le=65535, description="the port to listen on")
    workers: int = Field(1, ge=1, le=256, description="processes that answer")
    log: Literal["", "json"] = Field("", description="json writes a line for each request; empty writes none")
    metrics: bool = Field(False, description="whether /metrics answers, in Prometheus' text format")
    limits: Limits = Field(default_factory=Limits)

    @field_validator("public_url")
    @classmethod
    def check_public_url(cls, value: str) -> str:
        """The address without the slash at its end."""
        parts = urlsplit(value)
        if value and (parts.scheme not in ("http", "https") or not parts.netloc or parts.query or parts.fragment):
            raise ValueError("it must be an address such as https://convscope.example")
        return value.rstrip("/")

    @field_validator("root_path")
    @classmethod
    def check_root_path(cls, value: str) -> str:
        """With a slash before it, and none behind."""
        steps = value.strip("/").split("/")
        if value.strip("/") and not all(step.replace("-", "").replace("_", "").isalnum() for step in steps):
            raise ValueError("it must be a path such as /conv, of letters, digits, - and _")
        return "/" + value.strip("/") if value.strip("/") else ""


OWN = (
    *("cache_bytes", "picture_bytes", "training_processes", "training_bytes"),
    *("port", "workers", "log", "metrics"),
)
"""What may differ from copy to copy: it changes no byte of an answer, so answers keep their ETags."""


@cache
def settings() -> Settings:
    """The settings of this process, read once."""
    return Settings()
