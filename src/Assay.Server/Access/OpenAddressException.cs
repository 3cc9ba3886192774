namespace Assay.Server.Access;

/// <summary>The server would be reachable from other machines with no key to ask for.</summary>
internal sealed class OpenAddressException() : Exception(
    "refusing to listen beyond loopback while no key exists. Create one first: assay keys create --scope admin");
