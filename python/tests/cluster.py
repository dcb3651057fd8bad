"""A real standalone cluster on this machine: a master and two workers of one core each."""

import contextlib
import os
import pathlib
import re
import signal
import socket
import subprocess
import sys
import time

import pyspark
from pyspark.sql import SparkSession

SPARK_CLASS = pathlib.Path(pyspark.__file__).parent / "bin" / "spark-class"

#: How long a daemon may take to come up, in seconds; a machine may be busy.
PATIENCE = 120


class Cluster:
    """The master and its workers; each worker is a process group of its own, so that it can be killed whole."""

    def __init__(self, folder: pathlib.Path) -> None:
        self.folder = folder
        self.workers: list[subprocess.Popen] = []
        self.environment = {
            **os.environ,
            "SPARK_LOCAL_IP": "127.0.0.1",
            "SPARK_NO_DAEMONIZE": "1",
            "PYSPARK_PYTHON": sys.executable,
        }
        self.port = free_port()
        self.url = f"spark://127.0.0.1:{self.port}"
        self.master = self._start("master", "master.Master", "--host", "127.0.0.1", "--port", str(self.port), "--webui-port", "0")
        self._wait("master", "New state: ALIVE")

    def add_worker(self) -> None:
        name = f"worker{len(self.workers)}"
        worker = self._start(
            name, "worker.Worker", "--host", "127.0.0.1", "--cores", "1", "--memory", "1g", "--webui-port", "0",
            "--work-dir", str(self.folder / name), self.url,
        )
        self.workers.append(worker)
        self._wait(name, "Successfully registered with master")

    def kill_worker(self, number: int) -> None:
        """Kills a worker with its executor, as a machine that loses its power."""
        os.killpg(self.workers[number].pid, signal.SIGKILL)
        self.workers[number].wait()

    def stop(self) -> None:
        for process in [*self.workers, self.master]:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
            process.wait()

    def _start(self, name: str, kind: str, *arguments: str) -> subprocess.Popen:
        log = open(self.folder / f"{name}.log", "wb")
        return subprocess.Popen(
            [str(SPARK_CLASS), f"org.apache.spark.deploy.{kind}", *arguments],
            stdout=log, stderr=log, env=self.environment, start_new_session=True,
        )

    def _wait(self, name: str, words: str) -> None:
        log = self.folder / f"{name}.log"
        until = time.monotonic() + PATIENCE
        while not re.search(words, log.read_text(errors="replace")):
            assert time.monotonic() < until, log.read_text(errors="replace")
            time.sleep(0.1)


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return found.getsockname()[1]


def session(cluster: Cluster, **settings: str) -> SparkSession:
    os.environ.update({"PYSPARK_PYTHON": sys.executable, "SPARK_LOCAL_IP": "127.0.0.1"})
    builder = SparkSession.builder.master(cluster.url).appName("detente")
    usual = {
        "spark.driver.host": "127.0.0.1",
        "spark.driver.bindAddress": "127.0.0.1",
        "spark.executor.cores": "1",
        "spark.executor.memory": "512m",
        "spark.sql.shuffle.partitions": "4",
        "spark.sql.execution.arrow.maxRecordsPerBatch": "16",
        "spark.ui.enabled": "false",
    }
    for name, value in {**usual, **settings}.items():
        builder = builder.config(name, value)
    found = builder.getOrCreate()
    found.sparkContext.setLogLevel("ERROR")
    return found
