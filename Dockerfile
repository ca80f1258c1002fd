# Afterword in a container, for people who prefer one. The model is built into the image.
#   docker build -t afterword .
#   docker run -p 127.0.0.1:5005:5005 -v afterword-data:/data afterword
FROM node:22-slim AS widget
WORKDIR /widget
COPY widget/package.json widget/package-lock.json ./
RUN npm ci --no-audit --no-fund
COPY widget/ ./
RUN npm run build

FROM python:3.10-slim
RUN useradd --create-home afterword && mkdir /data && chown afterword /data
WORKDIR /opt/afterword
COPY . .
RUN chown -R afterword .
USER afterword
RUN sh scripts/setup && .venv/bin/python -m addons.cli train
COPY --from=widget --chown=afterword /widget/dist widget/dist
ENV AFTERWORD_DATA=/data/var AFTERWORD_HOST=0.0.0.0
EXPOSE 5005
VOLUME /data
CMD [".venv/bin/python", "-m", "addons.cli", "serve"]
