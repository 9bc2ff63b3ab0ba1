using System.Runtime.InteropServices;

namespace Traceability.Web.Verbs;

/// <summary>
/// Turns Ctrl-C and SIGTERM into a cancelled token while work is done that must end in order (a database half started or half
/// filled). While the web host runs it has handlers of its own; both may act.
/// </summary>
internal sealed class Interruption : IDisposable
{
    private readonly CancellationTokenSource _source = new();
    private readonly PosixSignalRegistration _interrupt;
    private readonly PosixSignalRegistration _terminate;

    public Interruption()
    {
        _interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Cancel);
        _terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Cancel);
    }

    public CancellationToken Token => _source.Token;

    public void Dispose()
    {
        _interrupt.Dispose();
        _terminate.Dispose();
        _source.Dispose();
    }

    private void Cancel(PosixSignalContext signal)
    {
        signal.Cancel = true; // not the end of the process: it ends itself when its work is in order
        _source.Cancel();
    }
}
