using Vantage.Cli.CommandLine;
using Vantage.Client.Errors;
using Vantage.Protocol.Api;
using Vantage.Protocol.Cryptography;
using Vantage.Protocol.Identities;

namespace Vantage.Cli.Keys.Devices;

/// <summary>Finds this home's keys among the certified ones of a person's devices, and takes their certificates.</summary>
internal static class ThisDevice
{
    /// <summary>False if none of them is this one's.</summary>
    public static async Task<bool> TakeAsync(Invocation call, User me, IReadOnlyList<Device> devices, CancellationToken cancellationToken)
    {
        var former = SigningKey(call);
        foreach (var device in devices)
        {
            var (signing, encryption) = (Parse(device.SigningCertificate), Parse(device.EncryptionCertificate));
            if (call.Home.SwitchKeys(signing, encryption))
            {
                await RetireAsync(call, me, device, devices.FirstOrDefault(other => other.Key == former), cancellationToken);
                return true;
            }
        }

        if (devices.FirstOrDefault(device => Parse(device.SigningCertificate).KeyId == former) is not { } today)
        {
            return false;
        }

        call.Home.WriteUserCertificates(Parse(today.SigningCertificate), Parse(today.EncryptionCertificate));
        if (call.Home.HasNextKeys)
        {
            call.Output.Say("Your new keys are not certified yet; the old ones go on.");
        }

        return true;
    }

    /// <summary>The device goes on under its name with its new keys. Should the Coordinator not do it, it is said and no harm.</summary>
    private static async Task RetireAsync(Invocation call, User me, Device device, Device? former, CancellationToken cancellationToken)
    {
        if (former is null)
        {
            return;
        }

        try
        {
            if (device.Name is null && former.Name is { } name)
            {
                await call.Client.Users.PublishCertificatesAsync(me.Id,
                    new PublishCertificates(device.SigningCertificate, device.EncryptionCertificate, name), cancellationToken);
            }

            await call.Client.Users.RemoveDeviceAsync(me.Id, former.Key, cancellationToken);
        }
        catch (VantageException e)
        {
            call.Output.Say($"The keys of before are listed as a device still: {e.Message} Take it off: vantage keys device remove {former.Key}");
        }
    }

    private static KeyId SigningKey(Invocation call)
    {
        var (signing, encryption) = call.Home.OpenUserKeys();
        using (signing)
        using (encryption)
        {
            return signing.KeyId;
        }
    }

    private static Certificate Parse(byte[] der)
    {
        try
        {
            return Certificate.Parse(der);
        }
        catch (CertificateException e)
        {
            throw new VantageException(Vantage.Protocol.Errors.ErrorCodes.CertificateInvalid, e.Message, null, e);
        }
    }
}
