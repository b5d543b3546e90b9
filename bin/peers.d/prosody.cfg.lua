-- Prosody as the stories need it; bin/peers fills in what stands between @ signs.
run_as_root = true
daemonize = false
pidfile = "@HOME@/prosody.pid"
data_path = "@HOME@/data"
certificates = "@HOME@"
log = { info = "@HOME@/server.log" }
admins = { "admin@@DOMAIN@" }

interfaces = { "127.0.0.1" }
c2s_ports = { @C2S@ }
c2s_direct_tls_ports = { @TLS@ }
http_ports = { @HTTP@ }
https_ports = {}
component_ports = { @COMPONENT@ }
component_interfaces = { "127.0.0.1" }
http_interfaces = { "127.0.0.1" }
http_paths = { bosh = "/http-bind", websocket = "/ws" }
http_host = "127.0.0.1"

ssl = { certificate = "@HOME@/server.pem", key = "@HOME@/server.key" }
c2s_direct_tls_ssl = { certificate = "@HOME@/server.pem", key = "@HOME@/server.key" }
c2s_require_encryption = true
s2s_require_encryption = true
allow_registration = true
registration_throttle_max = 100000
limits = { c2s = { rate = "100mb/s" } }
-- plain, so that every SCRAM mechanism is offered
authentication = "internal_plain"
consider_websocket_secure = true
consider_bosh_secure = true

modules_disabled = { "s2s", "s2s_auth_certs", "limits" }
modules_enabled = {
    "admin_adhoc", "announce", "blocklist", "bosh", "carbons", "csi", "csi_simple", "disco", "lastactivity", "mam",
    "offline", "pep", "ping", "private", "register_ibr", "user_account_management", "roster", "saslauth", "smacks", "time", "tls", "uptime",
    "vcard", "version", "websocket", "cloud_notify",
}
archive_expires_after = "1d"
storage = "internal"

VirtualHost "@DOMAIN@"
Component "muc.@DOMAIN@" "muc"
    modules_enabled = { "muc_mam" }
    restrict_room_creation = false
    muc_room_locking = true
Component "pubsub.@DOMAIN@" "pubsub"
Component "upload.@DOMAIN@" "http_file_share"
Component "component.@DOMAIN@"
    component_secret = "Component-Secret-1"
