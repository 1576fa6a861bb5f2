"""The rename that the benchmark times: `cfg.ddp.grad_reduce_in_fp32 = X` moves to `cfg.mixed_precision`."""

import libcst as cst
import libcst.matchers as m
from libcst.codemod import VisitorBasedCodemodCommand

KNOB = m.Attribute(m.Attribute(m.Name("cfg"), m.Name("ddp")), m.Name("grad_reduce_in_fp32"))


class RenamePrecisionKnob(VisitorBasedCodemodCommand):
    DESCRIPTION = __doc__

    @m.call_if_inside(m.Assign(targets=[m.AssignTarget(KNOB)]))
    @m.leave(m.AssignTarget(KNOB))
    def move(self, original_node, updated_node):
        return updated_node.with_deep_changes(updated_node.target.value, attr=cst.Name("mixed_precision"))
