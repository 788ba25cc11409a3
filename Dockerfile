# Klausul's image: one static program that serves gRPC on port 50051.
#
#   docker build -t klausul .
#   docker run --rm -p 50051:50051 klausul
#
# The steps are the ones that `make build` takes, by the same script.

FROM debian:bookworm AS build
WORKDIR /src
COPY .ci/setup .ci/setup
RUN .ci/setup build
COPY . .
RUN make build && strip build/release/klausul

FROM scratch
COPY --from=build /usr/share/zoneinfo /usr/share/zoneinfo
COPY --from=build /etc/ssl/certs/ca-certificates.crt /etc/ssl/certs/
COPY --from=build /src/build/release/klausul /klausul
COPY --from=build /src/LICENSE /LICENSE
# The rules are in the program. As files they are the ground that rule sets of
# one's own are mounted on: --rules-dir /rules.
COPY --from=build /src/rules /rules
# No name service in here: a number, not a name.
USER 65532:65532
EXPOSE 50051
HEALTHCHECK --interval=10s --timeout=3s --start-period=5s \
  CMD ["/klausul", "ping", "127.0.0.1:50051"]
ENTRYPOINT ["/klausul"]
CMD ["serve", "--listen", "0.0.0.0:50051"]
