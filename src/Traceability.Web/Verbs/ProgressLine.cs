using System.Globalization;
using Traceability.Application.Demo;

namespace Traceability.Web.Verbs;

/// <summary>Shows progress on one line of a terminal, redrawn in place; in a log file as one line per step.</summary>
internal sealed class ProgressLine(TextWriter output, bool redraw) : IProgress<DemoProgress>, IDisposable
{
    private const int Width = 24;

    private readonly Lock _gate = new();
    private string _lastStep = "";
    private int _lastLength;

    public void Report(DemoProgress value)
    {
        lock (_gate)
        {
            var done = Math.Clamp(value.Done, 0, 1);
            var filled = (int)(done * Width);
            var text = string.Create(CultureInfo.InvariantCulture,
                $"  [{new string('#', filled)}{new string('.', Width - filled)}] {done * 100,3:0} %  {value.Step}");
            if (redraw)
            {
                output.Write('\r' + text.PadRight(_lastLength));
                _lastLength = text.Length;
            }
            else if (value.Step != _lastStep)
            {
                output.WriteLine(text);
            }
            _lastStep = value.Step;
        }
    }

    public void Dispose()
    {
        if (redraw && _lastLength > 0) output.WriteLine();
    }
}
