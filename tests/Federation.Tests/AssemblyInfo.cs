using System.Runtime.Versioning;

// These tests signal processes, read /proc and start Debian's proxies.
[assembly: SupportedOSPlatform("linux")]
