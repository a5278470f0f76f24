# An image with the course, JupyterLab and the grader; docs/docker.md says how to build it, and which options grading needs.

# Python and the programs that the course calls; a development container begins here (.devcontainer/devcontainer.json).
FROM python:3.11-slim-bookworm AS tools
# bubblewrap is the sandbox that submissions run in.
RUN apt-get update \
    && apt-get install -y --no-install-recommends bubblewrap git make \
    && rm -rf /var/lib/apt/lists/*
# Of each package's versions this index has PyTorch without CUDA, which pip takes for the newer one of two.
ENV PIP_EXTRA_INDEX_URL=https://download.pytorch.org/whl/cpu \
    PIP_DISABLE_PIP_VERSION_CHECK=1
RUN useradd --create-home --uid 1000 --shell /bin/bash learner

FROM tools AS course
# Outside the course's folder, so that a clone of the host may be mounted over that.
COPY requirements.txt /opt/course/
RUN python -m venv /opt/venv \
    && /opt/venv/bin/python -m pip install --no-cache-dir -r /opt/course/requirements.txt
ENV PATH=/opt/venv/bin:$PATH
WORKDIR /home/learner/course
COPY --chown=learner:learner . .
# A volume mounted on work/ takes over its owner.
RUN /opt/venv/bin/python -m pip install --no-cache-dir --no-deps --editable . \
    && install -d -o learner -g learner work \
    && chown learner:learner .
USER learner
EXPOSE 8888
CMD ["course", "lab", "--no-browser", "--ip=0.0.0.0", "--port=8888"]
