# syntax=docker/dockerfile:1
# The product without a database: `docker compose up` starts both.

FROM node:20-bookworm-slim AS node

FROM mcr.microsoft.com/dotnet/sdk:10.0 AS build
# The build bundles the browser's scripts and installs the document worker's packages with npm.
COPY --from=node /usr/local/bin/node /usr/local/bin/node
COPY --from=node /usr/local/lib/node_modules/npm /usr/local/lib/node_modules/npm
RUN ln -s ../lib/node_modules/npm/bin/npm-cli.js /usr/local/bin/npm \
    && ln -s ../lib/node_modules/npm/bin/npx-cli.js /usr/local/bin/npx
ENV DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1
WORKDIR /source
COPY . .
# A PostgreSQL of its own is of no use beside a database container.
RUN dotnet publish src/Traceability.Web -c Release -o /app -v q -p:EmbeddedPostgres=false

FROM mcr.microsoft.com/dotnet/aspnet:10.0 AS final
# The document worker runs under Node; ICU and time zones are needed for Chinese sorting and plant time. curl asks for health.
COPY --from=node /usr/local/bin/node /usr/local/bin/node
RUN apt-get update \
    && apt-get install -y --no-install-recommends curl libstdc++6 tzdata \
    && rm -rf /var/lib/apt/lists/*
WORKDIR /app
COPY --from=build /app .
# The image's own unprivileged account (APP_UID) keeps its files in /data.
RUN mkdir /data && chown "$APP_UID" /data
VOLUME /data
USER $APP_UID
ENV TRACEABILITY_DATA=/data \
    TRACEABILITY_DEMO=false \
    ASPNETCORE_HTTP_PORTS= \
    DOTNET_SYSTEM_GLOBALIZATION_INVARIANT=false
EXPOSE 8080
# Long enough for migrations and, where it is asked for, the demo factory.
HEALTHCHECK --interval=10s --timeout=6s --start-period=5m --start-interval=2s --retries=3 \
    CMD ["curl", "--fail", "--silent", "--output", "/dev/null", "http://127.0.0.1:8080/health/ready"]
ENTRYPOINT ["dotnet", "Traceability.Web.dll"]
CMD ["start", "--address", "0.0.0.0"]
